-- education: persons by highest level. Reads recoded (see recode.sql); a part is the level.
SELECT municipality, part AS level, year, persons, quality FROM recoded
