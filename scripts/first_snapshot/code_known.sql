-- the five municipalities that were Ålesund (1507) in 2020-2023: old Haram became Haram again
SELECT kommunenummer_2019 AS old_code, kommunenummer_2024 AS new_code
FROM kommune_2019_til_2024
WHERE kommunenummer_2019 IN ('1504', '1523', '1529', '1534', '1546')
