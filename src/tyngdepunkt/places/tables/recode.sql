-- recode: figures by the codes of their own year, carried to the codes of 2024.
--
-- Reads   long_form(code, year, part, value, status, structure)
--             part names what else a figure is about; structure is empty where the codes are those of the year
--         code_share                                  the table of the snapshot
--         share_override(year, part, old_code, new_code, share)   shares that hold for one part only
-- Gives   municipality, year, part, persons, quality
--
-- A figure that is shared out stays whole: every part is rounded down, and the persons left over go to
-- the largest remainders. One part that is suppressed or missing makes the sum so: never a zero.
WITH path AS (
    SELECT structure_from, old_code, new_code, share, quality FROM code_share WHERE structure_to = 2024
    UNION ALL
    SELECT 2024, code, code, 1.0, 'measured' FROM municipality
),
asked AS (
    SELECT DISTINCT year, part, coalesce(
        CAST(structure AS INTEGER),
        CASE WHEN year >= 2024 THEN 2024 WHEN year = 2023 THEN 2023 WHEN year >= 2020 THEN 2020 ELSE year END
    ) AS structure
    FROM long_form
),
spread AS (
    SELECT p.old_code, p.new_code AS municipality, a.year, a.part,
        l.value * coalesce(o.share, p.share) AS exact, l.value AS whole, p.quality AS share_quality,
        CASE WHEN l.value IS NOT NULL THEN NULL ELSE coalesce(CAST(l.status AS VARCHAR), 'missing') END AS hole
    FROM asked a
    JOIN path p ON p.structure_from = a.structure
    LEFT JOIN long_form l ON l.code = p.old_code AND l.year = a.year AND l.part = a.part
    LEFT JOIN share_override o
        ON o.year = a.year AND o.part = a.part AND o.old_code = p.old_code AND o.new_code = p.new_code
),
ranked AS (
    SELECT *,
        row_number() OVER (
            PARTITION BY old_code, year, part ORDER BY exact - floor(exact) DESC, municipality
        ) AS place_in_line,
        round(whole - sum(floor(exact + 1e-9)) OVER (PARTITION BY old_code, year, part)) AS left_over
    FROM spread
),
rounded AS (
    SELECT *,
        floor(exact + 1e-9) + CASE WHEN share_quality <> 'measured' AND place_in_line <= left_over THEN 1 ELSE 0 END
            AS value
    FROM ranked
)
SELECT municipality, year, part,
    CASE WHEN count(hole) = 0 THEN CAST(sum(value) AS INTEGER) END AS persons,
    CASE
        WHEN bool_or(hole = 'missing') THEN 'missing'
        WHEN bool_or(hole = 'suppressed') THEN 'suppressed'
        WHEN bool_or(share_quality <> 'measured') THEN 'estimated'
        ELSE 'measured'
    END AS quality
FROM rounded
GROUP BY municipality, year, part
