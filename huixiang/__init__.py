"""Huixiang 回响: every voice gets an answer, and proof that things got better.

Imports point down: `cli` and `console` are the doors, `app` puts everything together,
`steps` holds what is done, a room for each part of the loop. `reporting` and `wording`
hold what people read. The stages (`connectors`, `intake`, `understanding`, `routing`,
`alerts`, `delivery`, `verification`, `configuration`) decide one thing each, never
import each other and never speak. `store` remembers, `domain` says what words mean.
The picture is in docs/explanation/architecture.md.
"""
