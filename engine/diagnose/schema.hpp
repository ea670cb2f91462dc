// SPDX-License-Identifier: GPL-3.0-or-later
//
// JSON Schema (draft 7): what a record must look like, checked before anything is learned from it.
// A schema is the contract between the client that logs and the pipeline that trains; checked at
// the door, a release that renames a key costs an hour, found in a model's weights it costs a
// month.
//
// Validation is valijson's, which stays inside this room. It passes the packaged test suite of
// draft 7 (tests/engine/diagnose/schema_suite_test.cpp) but for what it cannot do: the meta-schema
// by its address, and references that are relative to an `$id`. Schemas that need them are refused
// as `unsupported`, and so are patterns whose nested repetitions can take exponential time.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/diagnose/record.hpp"

namespace rehearse::diagnose {

// What a schema says of one path, for coercion and columns. Annotations of ours: `x-role`
// (feature, label, id, time), `x-privacy` (public, sensitive, pii), `x-unit`.
struct FieldRule {
  std::string path;                // user.id; `[]` stands for the items of an array
  std::vector<std::string> types;  // empty: any
  std::string format, role, privacy, unit;
  bool required = false;
  bool wants(std::string_view type) const;
};

class JsonSchema {
 public:
  // `documents`: schemas by their address, for references that leave this one; nothing is fetched.
  // Errors: no JSON, no schema, a pattern that is no regular expression, references in a circle
  // (bad_data); what valijson cannot do (unsupported).
  static Result<JsonSchema> compile(std::string_view text,
                                    const std::map<std::string, std::string>& documents = {});

  // `format` is checked for date-time and date, of fields that `properties` name.
  // What is wrong with the record: the innermost place first; empty when it is valid. At most
  // `most` faults. Thread-safe. O(record · schema).
  std::vector<Fault> validate(const Record& record, std::size_t most = 20) const;

  // The fields that `properties` name, in alphabetical order of path; `$ref` into this schema is
  // followed.
  const std::vector<FieldRule>& fields() const;
  const FieldRule* field(std::string_view path) const;

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace rehearse::diagnose
