-- code_share: the share of every old code that goes to every new one, between each pair of structures.
--
-- Reads   code_step(structure_from, structure_to, old_code, new_code, share, ground)
--             one step forward at a time; the shares out of one old code sum to 1
--         code_known(old_code, new_code)
--             codes of 2017-2019 whose place in 2024 is known although a number in between was divided
--         code_weight(structure, code, persons)
--             inhabitants aged 15-74, for sharing out a merged municipality backwards
--
-- Forwards: steps multiplied. Backwards: what went into a municipality, by the weight of its parts.
WITH RECURSIVE walk AS (
    SELECT structure_from AS a, structure_to AS b, old_code, new_code, share,
        CASE WHEN share < 1 THEN ground END AS ground
    FROM code_step
    UNION ALL
    SELECT w.a, s.structure_to, w.old_code, s.new_code, w.share * s.share,
        coalesce(w.ground, CASE WHEN s.share < 1 THEN s.ground END)
    FROM walk w
    JOIN code_step s ON s.structure_from = w.b AND s.old_code = w.new_code
),
composed AS (
    SELECT a, b, old_code, new_code, sum(share) AS share, max(ground) AS ground
    FROM walk
    GROUP BY ALL
),
forward AS (
    SELECT * FROM composed
    WHERE NOT (a <= 2019 AND b = 2024 AND old_code IN (SELECT old_code FROM code_known))
    UNION ALL
    SELECT DISTINCT c.a, 2024, k.old_code, k.new_code, 1.0, NULL
    FROM code_known k
    JOIN composed c ON c.old_code = k.old_code AND c.a <= 2019
),
weighed AS (
    SELECT f.*, f.share * w.persons AS persons,
        count(*) OVER (PARTITION BY f.a, f.b, f.new_code) AS parts
    FROM forward f
    LEFT JOIN code_weight w ON w.structure = f.a AND w.code = f.old_code
),
both_ways AS (
    SELECT a AS structure_from, b AS structure_to, old_code, new_code, share, ground FROM forward
    UNION ALL
    SELECT b, a, new_code, old_code,
        CASE WHEN parts = 1 THEN 1.0 ELSE persons / sum(persons) OVER (PARTITION BY a, b, new_code) END,
        'sources:share_parts'
    FROM weighed
)
SELECT structure_from, structure_to, old_code, new_code, share,
    CASE WHEN share = 1 THEN 'measured' ELSE 'estimated' END AS quality,
    CASE WHEN share = 1 THEN 'sources:share_whole' ELSE ground END AS ground
FROM both_ways
