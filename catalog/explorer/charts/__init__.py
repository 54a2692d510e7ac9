"""Charts of a table: which to draw, the numbers of each, and the words around them."""
