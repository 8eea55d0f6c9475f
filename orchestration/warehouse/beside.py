"""Names of what lies beside the warehouse for a while: whoever is killed meanwhile leaves it there.

What is not here: who makes it and takes it away.
"""

# Copies of the warehouse of which past editions are made, in a folder of this name.
EDITIONS = "editions"
# Landing files that were made of vendors' files, in a folder with this ending.
ADAPTED = ".adapted"
