"""Common given names and surnames in Latin letters, from many countries; no list of names is ever whole.

They serve to tell what looks like a person's name, for groups and controls alike; they say nothing about anybody.
"""

from __future__ import annotations


def _listed(names: str) -> frozenset[str]:
    return frozenset(names.split())


GIVEN = _listed(
    """
    aaron abby abdul abdullah abigail adam adele adriana adrian agnes ahmad ahmed aidan aisha alan albert alberto
    alejandra alejandro alessandro alexa alexander alexandra alexis alfred ali alice alicia alina alison allison
    alma amanda amber amelia amina amir amy ana anastasia andrea andreas andrei andres andrew angela angelica
    angelina anita anja anna anne annette annie anthony anton antonia antonio april arianna ariel arthur arturo asha
    ashley astrid audrey aurora ava barbara beatrice becky bella ben benjamin bernard bernadette beth bethany betty
    beverly bianca bill billy blake bob bonnie brad bradley brandon brenda brian bridget brittany brooke bruce bruno
    bryan caitlin caleb calvin cameron camila camille carl carla carlos carmen carol carolina caroline carolyn
    carrie cassandra catherine cecilia celia celine chad charles charlie charlotte chelsea cheryl chloe chris
    christian christina christine christopher cindy claire clara clarence claudia claudio clement cody colin colleen
    connor conrad constance courtney craig crystal curtis cynthia daisy dale damian dana daniel daniela danielle
    danny daria darius darren dave david dawn dean deborah debra delia denise dennis derek diana diane diego dieter
    dimitri dmitri dolores dominic donald donna dora doris dorothy douglas duncan dustin dylan earl eddie edith
    eduardo edward edwin eileen elaine eleanor elena eli elias elisa elizabeth ella ellen ellie elliot eloise elsa
    emil emily emma enrique eric erica erik erika erin ernest esme esteban esther ethan eugene eva evan eve evelyn
    faith fatima federico felicia felix fernanda fernando fiona florence frances francesca francesco francis
    francisco frank franz fred frederick freya gabriel gabriela gabrielle gail gareth gary gavin gemma gene
    genevieve george georgia gerald gerard gilbert gina giovanni giulia gladys glen gloria gonzalo grace graham greg
    gregory greta guillermo gunter gustavo guy gwen gwendolyn hannah hans harold harriet harry harvey hassan hazel
    heather hector heidi helen helena henrik henry herbert hilary holly hope howard hugh hugo ian ibrahim ida
    ignacio igor ilya imogen ines ingrid irene irina iris isaac isabel isabella isabelle ivan jack jackie jackson
    jacob jacqueline jade jaime jake james jamie jan jana jane janet janice jared jasmine jason javier jay jean
    jeanette jeff jeffrey jennifer jenny jeremy jerome jerry jesse jessica jill jim jimmy joan joanna joanne joaquin
    joe joel johan johanna john johnny jon jonathan jordan jorge jose josef joseph josephine joshua joy joyce juan
    juanita judith judy julia julian juliana julie juliet julio june justin kamal karen karin karina karl kate
    katherine kathleen kathryn kathy katie katja katrina kayla keith kelly kelsey ken kenneth kenny kerry kevin
    khalid kim kimberly kirsten klaus kristen kristin kristina kurt kyle lara larry laura lauren laurence laurie
    layla leah lee leila lena leo leon leonard leonardo leroy leslie lewis liam lidia lily linda lindsay lisa liz
    lloyd logan lois lola lorena lorenzo lori lorna lorraine louis louise luca lucas lucia lucy luis luisa luke
    lydia lynn mabel madeleine madison maggie malcolm manuel marc marcel marcela marcia marco marcus margaret
    margarita maria marian mariana marianne marie marilyn marina mario marion marjorie mark marlene marta martha
    martin martina marvin mary mateo mathilde matilda matthew maureen maurice mauricio max maxine maya megan mehmet
    melanie melinda melissa mercedes meredith mia michael micheal michele michelle miguel mikhail mildred milena
    miles minnie miranda miriam mitchell mohamed mohammad mohammed moira molly monica monika morgan muhammad murray
    mustafa myra nadia nancy naomi natalia natalie natasha nathan nathaniel neil nell nicholas nick nicola nicolas
    nicole nigel nikita nikolai nina noah noel nora norma norman olga oliver olivia omar oscar otto pablo paige
    pamela paola patricia patrick paul paula pauline pedro peggy penelope penny perry peter petra philip phillip
    phoebe phyllis pierre polly priscilla priya rachel rafael raj rajesh ralph ramon randy raul ravi ray raymond
    rebecca regina renee rhonda ricardo richard rick ricky rita rob robert roberta roberto robin rodney rodrigo
    roger roland rolf roman ron ronald ronnie rosa rosalie rosalind rose rosemary rosie ross roxanne roy ruben ruby
    rudolf rupert russell ruth ryan sabrina sally salvador sam samantha samuel sandra sandy santiago sara sarah
    sasha scott sean sebastian selena serena sergei sergey sergio seth shane shannon sharon shaun shawn sheila
    shelley sherry shirley sidney silvia simon simone sofia sonia sonja sophia sophie spencer stacey stacy stan
    stanley stefan stefano stella stephanie stephen steve steven stewart stuart sue sunil surya susan susana susanna
    susanne suzanne svetlana sven sylvia tamara tammy tanya tara tatiana taylor ted teresa terence terry tess thelma
    theo theodore theresa thomas tiffany tim timothy tina todd tom tomas tommy toni tony tracy travis trevor tricia
    tyler ursula valentina valeria valerie vanessa vera vernon veronica vicki victor victoria vijay viktor vincent
    viola violet virginia vivian vladimir wallace walter wanda warren wayne wendy wesley wilfred wilhelm will
    william willie wolfgang xavier yasmin yolanda yuki yuri yusuf yvette yvonne zachary zara zoe akira emi haruka
    hiroshi kenji naoki sakura takashi yoko yui jihoon jiwoo minjun seoyeon chunhua fang guang haiyan hong hui
    jianguo jing jun lei ling meiling mei ming na ning peng ping qiang rong shan tao ting weiwei xiaoming xiaoli
    xiaoyan xin xue yan yang ying yong yuan yun zhiwei
    """
)
"""Given names, case-folded, without accents."""

SURNAMES = _listed(
    """
    abbott acosta adams aguilar allen alvarez anderson andersen andersson armstrong arnold bailey baker baldwin ball
    banks barker barnes barnett barrett barton bauer beck becker bell bennett berg berger bernard berry bianchi
    bishop black blair bowman boyd bradley brady brennan brewer briggs brooks brown bryant buchanan burgess burke
    burns burton bush butler byrne caldwell campbell cannon carlson carpenter carr carroll carter castillo castro
    chambers chan chandler chang chapman chavez chen cheng cheung chew chou chow christensen christie chung clark
    clarke clayton cole coleman collins conti conway cook cooper costa cox crawford cross cruz cunningham curtis
    dalton daniels davidson davies davis dawson day delgado diaz dixon donovan douglas doyle dubois duncan dunn
    dupont duran edwards elliott ellis erickson espinoza evans farrell ferguson fernandes fernandez ferrari fischer
    fisher fitzgerald fleming fletcher flores ford foster fowler fox francis franklin fraser freeman fuchs fuller
    gallagher garcia gardner garrett garza gibson gilbert gomez gonzales gonzalez goodman gordon graham grant gray
    green greene griffin gross gupta gutierrez guzman haas hall hamilton hansen hanson harper harris harrison hart
    hartmann harvey hawkins hayes henderson henry hernandez herrera hicks hill ho hoffman hoffmann holland holmes
    horn howard howell huang huber hudson hughes hunt hunter hussain ibrahim ingram ivanov ivanova jackson jacobs
    james jansen jenkins jennings jensen jimenez johansson johnson johnston jones jordan joseph kaiser kang kaur
    keller kelley kelly kennedy khan kim king klein knight koch kowalski kraus kruger kuhn kumar kuznetsov lambert
    lane lang larsen larson lawrence lawson leblanc lee lehmann leon leroy leung levy lewis lim lin lindberg liu
    lloyd long lopez lowe lucas lutz lynch macdonald mackenzie maier malik marino marshall martin martinez mason
    matthews may mayer mccarthy mcdonald mckenzie medina mehta meier mendez mendoza meyer miller mills mitchell
    mohamed montgomery moore morales moran moreau moreno morgan morris morrison mueller muller munoz murphy murray
    myers nakamura navarro nelson neumann newman newton ng nguyen nichols nielsen nolan novak obrien oconnor
    oliveira oliver olsen olson ortega ortiz owens palmer papadopoulos park parker parsons patel paterson patterson
    payne pearson pena pereira perez perkins perry peters petersen peterson petrov pham phillips pierce popov porter
    powell powers price quinn ramirez ramos rasmussen reed reid reyes reynolds ricci rice richards richardson
    richter rivera roberts robertson robinson rodrigues rodriguez rogers rojas romano romero rosen rossi roth
    rousseau rowe ruiz russell russo ryan salazar sanchez sanders santiago santos sato saunders schmidt schmitt
    schneider scholz schroeder schulz schumacher schwartz scott sharma shaw shepherd silva simmons simon simpson
    singh smirnov smith snyder soto spencer stanley steele stein stephens stevens stevenson stewart stone suarez
    sullivan sutton suzuki svensson tanaka tang taylor thomas thompson thomson torres tran tucker turner valdez
    vargas vasquez vazquez vega velasquez vogel volkov wagner walker wallace walsh walters wang ward warren watanabe
    waters watkins watson watts weaver webb weber webster weiss welch wells werner west wheeler white williams
    williamson willis wilson winter wolf wong wood woods wright wu yamamoto yang yates yilmaz young yu zhang zhao
    zheng zhou zhu ziegler zimmermann
    """
)
"""Surnames, case-folded, without accents."""

NAMES = GIVEN | SURNAMES
