SELECT DISTINCT CAST(ba_nr AS INTEGER) AS region, ba_navn AS name FROM ba_regioner_2020
