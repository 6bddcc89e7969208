-- Ålesund 2020-2022: each measure by what Haram had of it in 2019; workplaces of 2022 as in the commuting matrix
WITH old AS (
    SELECT k.new_code, sum(CAST(befolkning_15_74 AS DOUBLE)) AS population_15_74,
        sum(CAST(sysselsatte_bosted_15_74 AS DOUBLE)) AS residents,
        sum(CAST(sysselsatte_arbeidssted_15_74 AS DOUBLE)) AS workplace
    FROM sysselsatte_kommune_11618_2017_2022
    JOIN code_known k ON k.old_code = kommunenummer
    WHERE aar = '2019'
    GROUP BY k.new_code
),
long_old AS (
    SELECT part, new_code, value / sum(value) OVER (PARTITION BY part) AS share
    FROM (UNPIVOT old ON population_15_74, residents, workplace INTO NAME part VALUE value)
),
works AS (
    SELECT work AS new_code, sum(persons) / sum(sum(persons)) OVER () AS share
    FROM commuting
    WHERE work IN ('1508', '1580') AND year = 2022
    GROUP BY work
)
SELECT year, part, '1507' AS old_code, new_code, share
FROM long_old, range(2020, 2023) AS years(year)
WHERE NOT (year = 2022 AND part = 'workplace')
UNION ALL
SELECT 2022, 'workplace', '1507', new_code, share FROM works
