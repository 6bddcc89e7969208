-- centrality: class from the index by the limits of Statistics Norway's standard of 2024.
-- Reads   centrality_index(municipality, index, year)
SELECT municipality, "index",
    CASE
        WHEN "index" >= 925 THEN 1 WHEN "index" >= 870 THEN 2 WHEN "index" >= 775 THEN 3
        WHEN "index" >= 670 THEN 4 WHEN "index" >= 565 THEN 5 ELSE 6
    END AS class,
    year
FROM centrality_index
