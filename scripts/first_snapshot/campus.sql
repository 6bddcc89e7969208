SELECT institusjon AS institution, studiested AS place, kommunenummer_2024 AS municipality FROM studiesteder_utvalg
