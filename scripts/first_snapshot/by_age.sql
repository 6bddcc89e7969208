SELECT kommunenummer AS municipality, aar AS year, alder AS age, folkemengde AS persons
FROM folkemengde_kommune_alder_2006_2026
