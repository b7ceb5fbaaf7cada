"""The secretary's text, read into a meeting and written from one: pure, without files, Git or a clock.

Reading: ``text`` brings the characters into one form, ``source`` numbers the lines, ``dialect`` decides whether they
are Markdown or ``plain`` text to be unwrapped, ``scan`` gathers them into entries by the line ``grammar``, ``header``
and ``agenda`` make a meeting of these with the ``markers``, and ``proof`` shows that no letter was lost.
Writing: ``write`` puts the lines of the header and of each block (``pen``) one after another.
``prose`` is the hinge between both: how the text of a block stands in a sheet, and is found there again.
"""
