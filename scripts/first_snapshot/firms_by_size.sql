SELECT kommunenummer AS municipality, naering AS industry,
    coalesce(try_cast(regexp_extract(antall_ansatte, '^[0-9]+') AS INTEGER), 0) AS size, aar AS year,
    bedrifter AS establishments
FROM bedrifter_naering_storrelse_telemark_2009_2026
