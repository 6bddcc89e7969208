SELECT DISTINCT yrkestittel AS title, styrk08 AS occupation FROM yrkeskatalog_styrk08
