-- one step forward between structures. A code without a change row goes on as itself. Three codes were
-- divided: Tysfjord and Snillfjord by how much their successors grew beyond the common growth from
-- 1 January 2019 to 1 January 2020, Ålesund by the inhabitants on 1 January 2024.
WITH step AS (
    SELECT * FROM (VALUES (2017, 2018), (2018, 2019), (2019, 2020), (2020, 2023), (2023, 2024)) AS s(a, b)
),
valid AS (
    SELECT step.a, step.b, p.code
    FROM step
    JOIN code_period p ON p.valid_from <= make_date(step.a, 1, 1) AND p.valid_to >= make_date(step.a, 1, 1)
),
moved AS (
    SELECT v.a, v.b, v.code AS old_code, coalesce(c.new_code, v.code) AS new_code,
        count(*) OVER (PARTITION BY v.a, v.code) AS parts
    FROM valid v
    LEFT JOIN code_change c ON c.old_code = v.code AND c.date > make_date(v.a, 1, 1) AND c.date <= make_date(v.b, 1, 1)
),
whole AS (  -- what the successors of divided codes got from codes that went to them undivided
    SELECT new_code, sum(CAST(u.folkemengde AS DOUBLE)) AS before
    FROM moved
    JOIN utdanningsnivaa_kommune_2017 u ON u.kommunenummer_2019 = old_code
    WHERE a = 2019 AND parts = 1
    GROUP BY new_code
),
successor AS (
    SELECT m.old_code, m.new_code, w.before, p.persons AS after, CAST(u.folkemengde AS DOUBLE) AS divided
    FROM moved m
    JOIN whole w USING (new_code)
    JOIN population p ON p.municipality = m.new_code AND p.year = 2020
    JOIN utdanningsnivaa_kommune_2017 u ON u.kommunenummer_2019 = m.old_code
    WHERE m.a = 2019 AND m.parts > 1
),
growth AS (
    SELECT old_code, sum(after) / (sum(before) + max(divided)) AS rate FROM successor GROUP BY old_code
),
divided AS (
    SELECT 2019 AS a, old_code, new_code, (after - rate * before) / (rate * divided) AS share,
        'sources:share_growth' AS ground
    FROM successor
    JOIN growth USING (old_code)
    UNION ALL
    SELECT 2023, m.old_code, m.new_code, p.persons / sum(p.persons) OVER (PARTITION BY m.old_code),
        'sources:share_inhabitants'
    FROM moved m
    JOIN population p ON p.municipality = m.new_code AND p.year = 2024
    WHERE m.a = 2023 AND m.parts > 1
)
SELECT m.a AS structure_from, m.b AS structure_to, m.old_code, m.new_code,
    CASE WHEN m.parts = 1 THEN 1.0 ELSE d.share END AS share, d.ground
FROM moved m
LEFT JOIN divided d ON d.a = m.a AND d.old_code = m.old_code AND d.new_code = m.new_code
