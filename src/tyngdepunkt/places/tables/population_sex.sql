-- population_sex: inhabitants on 1 January by sex and five-year age group.
--
-- Reads recoded (see recode.sql); a part is the sex and the first year of the group, as `female:20`.
SELECT municipality, year, split_part(part, ':', 1) AS sex, CAST(split_part(part, ':', 2) AS INTEGER) AS age_from,
    CASE WHEN CAST(split_part(part, ':', 2) AS INTEGER) < 85 THEN CAST(split_part(part, ':', 2) AS INTEGER) + 4 END
        AS age_to,
    persons, quality
FROM recoded
