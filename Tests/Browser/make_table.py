"""Prints a table with numbers, categories and missing cells, always the same one."""

import random

random.seed(1)
print("age,income,children,balance,city,<status & more>")
for _ in range(800):
    age = int(min(90, max(18, random.gauss(42, 14))))
    income = round(random.lognormvariate(10 + 0.01 * age, 0.4))
    children = min(6, int(random.expovariate(0.8)))
    balance = round(random.gauss(0.2 * income, 3000), 2)
    city = random.choices(["Berlin", "Hamburg", "München", "Köln"], [5, 3, 2, 1])[0]
    status = "single" if age < 30 else random.choice(["married", "single", "divorced"])
    if random.random() < 0.03:
        age = ""
    if random.random() < 0.05:
        status = ""
    print(age, income, children, balance, city, status, sep=",")
