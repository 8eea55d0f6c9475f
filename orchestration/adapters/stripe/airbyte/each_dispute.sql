select id, charge, status, landed_file, landed_line from disputes
