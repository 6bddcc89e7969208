SELECT kommunenummer_2019 AS code, 2018 AS year, yrke_kode AS part, CAST(lonnstakere_2018 AS INTEGER) AS value,
    NULL AS status, NULL AS structure
FROM lonnstakere_yrke_kommune_2018
