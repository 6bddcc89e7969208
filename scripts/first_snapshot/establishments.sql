SELECT kommunenummer AS municipality, CAST(aar AS INTEGER) AS year, CAST(bedrifter AS INTEGER) AS establishments,
    CAST(ansatte AS INTEGER) AS employees
FROM bedrifter_ansatte_kommune_2013_2025
