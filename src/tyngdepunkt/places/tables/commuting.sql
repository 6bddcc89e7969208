-- commuting: flows by the codes of their own year, carried to the codes of 2024 at both ends.
--
-- Reads   flow(home, work, year, value, status, structure)   cells above zero or suppressed;
--             structure is empty where the codes are those of the year
--         code_share, municipality                           tables of the snapshot
-- A flow that is shared out stays whole (largest remainders). Cells that become zero are left out.
WITH path AS (
    SELECT structure_from, old_code, new_code, share FROM code_share WHERE structure_to = 2024
    UNION ALL
    SELECT 2024, code, code, 1.0 FROM municipality
),
dated AS (
    SELECT * EXCLUDE (structure), coalesce(
        CAST(structure AS INTEGER),
        CASE WHEN year >= 2024 THEN 2024 WHEN year = 2023 THEN 2023 WHEN year >= 2020 THEN 2020 ELSE year END
    ) AS structure
    FROM flow
),
spread AS (
    SELECT f.home AS old_home, f.work AS old_work, f.year, f.value AS whole,
        h.new_code AS home, w.new_code AS work, f.value * h.share * w.share AS exact,
        h.share < 1 OR w.share < 1 AS shared
    FROM dated f
    JOIN path h ON h.structure_from = f.structure AND h.old_code = f.home
    JOIN path w ON w.structure_from = f.structure AND w.old_code = f.work
),
rounded AS (
    SELECT *,
        floor(exact + 1e-9) + CASE WHEN shared AND row_number() OVER (
            PARTITION BY old_home, old_work, year ORDER BY exact - floor(exact) DESC, home, work
        ) <= whole - sum(floor(exact + 1e-9)) OVER (PARTITION BY old_home, old_work, year) THEN 1 ELSE 0 END AS value
    FROM spread
)
SELECT home, work, year,
    CASE WHEN count(value) = count(*) THEN CAST(sum(value) AS INTEGER) END AS persons,
    CASE
        WHEN count(value) < count(*) THEN 'suppressed' WHEN bool_or(shared) THEN 'estimated' ELSE 'measured'
    END AS quality
FROM rounded
GROUP BY home, work, year
HAVING sum(value) > 0 OR count(value) < count(*)
