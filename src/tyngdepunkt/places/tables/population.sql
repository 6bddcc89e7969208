-- population: inhabitants on 1 January. Reads recoded (see recode.sql); its only part is 'persons'.
SELECT municipality, year, persons, quality FROM recoded
