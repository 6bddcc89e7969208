SELECT cpv AS code, navn_nb AS name_nb, navn_en AS name_en FROM cpv_2008_en_nb
