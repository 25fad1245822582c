"""Taking in a demand or an application: which boxes a city's form has, what is doubtful in it, numbers and halls."""
