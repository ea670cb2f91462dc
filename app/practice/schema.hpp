// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tables of rehearse.db as a chain of migrations. Step i takes a file of version i to version
// i + 1; version 0 is an empty file. A step is never edited once released: a change is a new step
// at the end, tried on a file of the version before it in tests/app/practice/practice_test.cpp.
#pragma once

#include <array>

namespace rehearse::practice {

constexpr std::array<const char*, 3> kMigrations = {
    R"sql(
CREATE TABLE attempts(
  id INTEGER PRIMARY KEY, drill TEXT NOT NULL, drill_hash TEXT NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL,
  kind TEXT NOT NULL, started_at INTEGER NOT NULL, submitted_at INTEGER NOT NULL, elapsed_s INTEGER NOT NULL,
  paused_s INTEGER NOT NULL, hints INTEGER NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL, passed INTEGER NOT NULL,
  total INTEGER NOT NULL, report TEXT NOT NULL);
CREATE INDEX attempts_by_drill ON attempts(drill, submitted_at);
CREATE TABLE drafts(
  drill TEXT NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL, cursor INTEGER NOT NULL, saved_at INTEGER NOT NULL,
  PRIMARY KEY(drill, language));
CREATE TABLE card_states(
  card TEXT PRIMARY KEY, revision INTEGER NOT NULL, state INTEGER NOT NULL, step INTEGER, stability REAL NOT NULL,
  difficulty REAL NOT NULL, due INTEGER NOT NULL, last_review INTEGER NOT NULL);
CREATE TABLE reviews(
  id INTEGER PRIMARY KEY, card TEXT NOT NULL, revision INTEGER NOT NULL, rating INTEGER NOT NULL, reviewed_at INTEGER NOT NULL,
  elapsed_s INTEGER NOT NULL, before TEXT, after TEXT NOT NULL);
CREATE INDEX reviews_by_time ON reviews(reviewed_at);
CREATE TABLE sessions(
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER);
CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT NOT NULL);
)sql",
    R"sql(
CREATE TABLE design_runs(
  id INTEGER PRIMARY KEY, design TEXT NOT NULL, knobs TEXT NOT NULL, seed INTEGER NOT NULL, reached INTEGER NOT NULL,
  elapsed_s INTEGER NOT NULL, ended_at INTEGER NOT NULL);
)sql",
    // The probability of acceptance that was stated (NULL: not asked), the clock's policy, and the
    // pauses as JSON, [[from, to], ...] in seconds since the start.
    R"sql(
ALTER TABLE attempts ADD COLUMN stated REAL;
ALTER TABLE attempts ADD COLUMN mode TEXT NOT NULL DEFAULT 'practice';
ALTER TABLE attempts ADD COLUMN pauses TEXT NOT NULL DEFAULT '[]';
)sql"};

}  // namespace rehearse::practice
