"""Words for how likely something is: the scales of the field, and whether a text keeps to one of them."""
