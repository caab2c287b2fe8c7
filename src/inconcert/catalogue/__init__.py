"""What is known already: disclosed operations, their published indicators, and the techniques of the field's framework."""
