SELECT isco08 AS occupation, 'dingel_neiman' AS method, round(CAST(dn_min AS DOUBLE), 4) AS low,
    CAST(hjemmekontor_dn AS DOUBLE) AS value, round(CAST(dn_max AS DOUBLE), 4) AS high
FROM fjernarbeid_styrk08
WHERE i_styrk08 = '1' AND hjemmekontor_dn IS NOT NULL
UNION ALL
SELECT isco08, 'sostero', NULL, CAST(teknisk_fjernarbeid_sostero AS DOUBLE), NULL
FROM fjernarbeid_styrk08
WHERE i_styrk08 = '1' AND teknisk_fjernarbeid_sostero IS NOT NULL
