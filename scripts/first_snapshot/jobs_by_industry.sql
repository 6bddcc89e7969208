SELECT kommunenummer AS municipality, naering_kode AS industry, naering AS industry_name,
    CAST(aar AS INTEGER) AS year, CAST(sysselsatte AS INTEGER) AS persons
FROM sysselsatte_arbeidssted_naering_telemark_2016_2025
