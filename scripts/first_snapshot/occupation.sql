SELECT "Styrk code" AS code, "Styrk description" AS name, 4 AS level FROM styrk08_yrkeskategori_nav
UNION ALL
SELECT DISTINCT yrke_kode, yrke, 1 FROM lonnstakere_yrke_kommune_2018
