-- inhabitants aged 15-74 in the year of the structure; used only to share out merged municipalities backwards
SELECT CAST(aar AS INTEGER) AS structure, kommunenummer AS code, CAST(befolkning_15_74 AS DOUBLE) AS persons
FROM sysselsatte_kommune_11618_2017_2022
WHERE aar IN ('2017', '2018', '2019')
