"""One file per noun, one function per verb: read arguments, call one act, hand the result to output."""
