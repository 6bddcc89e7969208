-- printed grounds as codes; Haram was part of Ålesund in 2020 and is placed in its region, without figures
WITH printed AS (
    SELECT kommunenummer_2024 AS municipality, CAST(ba_nr AS INTEGER) AS region,
        CASE
            WHEN inkluderingsgrunnlag = 'Senterkommune' THEN 'S'
            WHEN inkluderingsgrunnlag LIKE 'Senterkommune (%' THEN 'S2'
            WHEN inkluderingsgrunnlag = 'Utpendling > 8' THEN 'U8'
            WHEN inkluderingsgrunnlag = 'Reisevei < 75, sum pendling > 8' THEN 'T75'
            WHEN inkluderingsgrunnlag = 'Reisevei < 45, sum pendling > 8' THEN 'T45+'
            WHEN inkluderingsgrunnlag = 'Reisevei < 45, sum pendling > 6' THEN 'T45'
            WHEN inkluderingsgrunnlag = 'Reisevei < 30' THEN 'T30'
            WHEN inkluderingsgrunnlag = 'Reisetid < 90, alt. reisemåte, pendling > 8' THEN 'A90'
            WHEN inkluderingsgrunnlag = 'Forhindre ikke-sammenhengende BA-region' THEN 'X'
            WHEN inkluderingsgrunnlag = 'Restkommune, egen BA-region' THEN 'R'
        END AS ground,
        CAST(reisetid_min AS DOUBLE) AS travel_minutes, CAST(utpendling_pst AS DOUBLE) AS out_commuting,
        CAST(innpendling_pst AS DOUBLE) AS in_commuting, 'measured' AS quality
    FROM ba_regioner_2020
),
placed AS (
    FROM printed
    UNION ALL
    SELECT '1580', region, 'U8', NULL, NULL, NULL, 'estimated' FROM printed WHERE municipality = '1508'
)
SELECT municipality, region, ground, travel_minutes, out_commuting, in_commuting,
    ground IN ('S', 'S2', 'R') AS is_centre, quality
FROM placed
