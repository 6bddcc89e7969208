SELECT x_utm33 AS x, y_utm33 AS y, bedrifter AS establishments, ansatte AS employees, kommunenummer AS municipality
FROM bedrifter_250m_2025
