-- population_age: single years of age summed to five-year groups; 85 and over is the last one.
--
-- Reads   by_age(municipality, year, age, persons)    single years, codes of 2024
--         population                                  which municipalities are estimated or have no ages
WITH grouped AS (
    SELECT municipality, year, least(age // 5 * 5, 85) AS age_from, sum(persons) AS persons
    FROM by_age
    GROUP BY ALL
),
wanted AS (
    SELECT p.municipality, p.year, p.quality, age_from
    FROM population p, range(0, 90, 5) AS steps(age_from)
)
SELECT w.municipality, w.year, w.age_from,
    CASE WHEN w.age_from < 85 THEN w.age_from + 4 END AS age_to,
    g.persons,
    CASE WHEN g.persons IS NULL THEN 'missing' ELSE w.quality END AS quality
FROM wanted w
LEFT JOIN grouped g USING (municipality, year, age_from)
