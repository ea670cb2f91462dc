// SPDX-License-Identifier: GPL-3.0-or-later
//
// The test suite of JSON Schema, draft 7, as the package json-schema-test-suite brings it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/base/json.hpp"
#include "engine/diagnose/schema.hpp"

namespace {

using namespace rehearse;
namespace fs = std::filesystem;

const fs::path kSuite = "/usr/share/json-schema-test-suite";

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  std::stringstream all;
  all << file.rdbuf();
  return all.str();
}

struct Tally {
  int passed = 0, failed = 0, unsupported = 0;
  std::vector<std::string> unsupported_groups;
};

void run_group(const std::string& file, const Json& group,
               const std::map<std::string, std::string>& remotes, Tally& tally) {
  const std::string name = file + ": " + group["description"].get<std::string>();
  const auto schema = diagnose::JsonSchema::compile(group["schema"].dump(), remotes);
  if (!schema) {
    INFO(name << ": " << schema.error().message);
    CHECK(schema.error().code == Code::unsupported);
    tally.unsupported += static_cast<int>(group["tests"].size());
    tally.unsupported_groups.push_back(name);
    return;
  }
  for (const Json& test : group["tests"]) {
    const bool valid = schema->validate(diagnose::Record::parse(test["data"].dump())).empty();
    INFO(name << ": " << test["description"]);
    CHECK(valid == test["valid"].get<bool>());
    ++(valid == test["valid"].get<bool>() ? tally.passed : tally.failed);
  }
}

}  // namespace

TEST_CASE("schema: the packaged suite of draft 7 passes but for what is told as unsupported") {
  if (!fs::exists(kSuite)) {
    WARN("json-schema-test-suite is not installed: nothing was compared");
    return;
  }
  std::map<std::string, std::string> remotes;
  for (const auto& entry : fs::recursive_directory_iterator(kSuite / "remotes"))
    if (entry.is_regular_file())
      remotes["http://localhost:1234/" + fs::relative(entry, kSuite / "remotes").string()] =
          text_of(entry);
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(kSuite / "tests/draft7"))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  Tally tally;
  for (const fs::path& file : files)
    for (const Json& group : Json::parse(text_of(file)))
      run_group(file.stem().string(), group, remotes, tally);
  CHECK(tally.failed == 0);
  CHECK(tally.passed == 408);
  CHECK(tally.unsupported == 15);
  // The meta-schema by its address (two groups), and references relative to an $id.
  CHECK(tally.unsupported_groups ==
        std::vector<std::string>{
            "definitions: valid definition", "definitions: invalid definition",
            "ref: remote ref, containing refs itself", "ref: Recursive references between schemas",
            "refRemote: base URI change", "refRemote: base URI change - change folder",
            "refRemote: base URI change - change folder in subschema",
            "refRemote: root ref in remote ref"});
}
