-- expect: CE
-- why: a file with nothing in it has no `solve`

