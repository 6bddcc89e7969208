-- wage_earners: by major occupation group. Reads recoded (see recode.sql); a part is the group's digit.
SELECT municipality, part AS occupation, year, persons, quality FROM recoded
