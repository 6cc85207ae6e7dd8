ALTER INDEX "search_rows_words" SET (fastupdate = on);
