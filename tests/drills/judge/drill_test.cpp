// SPDX-License-Identifier: GPL-3.0-or-later
//
// Drill files: what a good one gives, and what each bad one says.
#include "drills/judge/drill.hpp"

#include "drills/judge/cases.hpp"
#include "drills/judge/definition.hpp"
#include "drills/judge/library.hpp"
#include "tests/drills/judge/support.hpp"

using namespace rehearse;
using namespace rehearse::judge;
using namespace rehearse::judge::test;

namespace {

std::string error_of(const std::string& text) {
  auto drill = load_drill_text(text, "some/bad.lua", workshop());
  return drill ? "" : drill.error().message;
}

std::string cases_error(const std::string& fields) {
  Drill drill = load_text(doubling_drill(fields));
  auto set = load_cases(drill, 1, workshop());
  return set ? "" : set.error().message;
}

}  // namespace

TEST_CASE("drill: a file becomes plain data") {
  Drill drill = load_text(doubling_drill(R"(
    minutes = 12, covers = { "S01-C01" }, category = "lists", compare = { tolerance = 0.5 },
    hints = { "plain", { text = "dear", cost_min = 3 } }, follow_ups = { { ask = "why", answer = "so" } },
    pitfalls = { ["adds two"] = "In other words." }, explain = "Because.",
    growth = { time = "n", memory = "n", sizes = { 10, 20, 40 }, input = function(n) return { {} } end },
  )"));
  CHECK(drill.id == "doubling");
  CHECK(drill.minutes == 12);
  CHECK(drill.covers == std::vector<std::string>{"S01-C01"});
  CHECK(drill.compare.how == Compare::How::tolerance);
  CHECK(drill.limits.memory_mb == 32);
  CHECK(drill.has_oracle);
  REQUIRE(drill.hints.size() == 2);
  CHECK(drill.hints[1].cost_min == 3);
  CHECK(drill.follow_ups[0].answer == "so");
  CHECK(drill.pitfall_sentence("adds two") == "In other words.");
  CHECK(drill.growth.sizes.size() == 3);
  REQUIRE(drill.examples.size() == 1);
  CHECK(drill.hash.size() == 16);
  CHECK(drill.wrong[0].verdict == Verdict::wrong_answer);
}

TEST_CASE(
    "drill: a class's example has one result per call, with nothing where nothing is returned") {
  Drill drill = load_text(class_drill(), "bag.lua");
  REQUIRE(drill.examples.size() == 1);
  const auto& results = drill.examples[0].result.table()->array;
  REQUIRE(results.size() == 3);
  CHECK(results[0].is_nil());
  CHECK(results[1] == Value(1));
  CHECK(results[2] == Value("a"));
}

TEST_CASE("drill: Lua errors carry their file and line") {
  CHECK(error_of("return drill {\n  id = = 3\n}").find("bad.lua:2:") == 0);
  CHECK(error_of("local x\n\nx.y = 1").find("bad.lua:3:") == 0);
  CHECK(error_of("local x = 1").find("must return drill") != std::string::npos);
  CHECK(error_of("return 3").find("must return drill") != std::string::npos);
  CHECK(error_of("error(nil)").find("not a message") != std::string::npos);
}

TEST_CASE("drill: each wrong field is named with its line") {
  struct Bad {
    const char* fields;
    const char* says;
  };
  for (Bad bad : {
           Bad{"id = 3", "`id`: a integer where a string is due"},
           Bad{"id = 'Upper Case'", "not kebab-case"},
           Bad{"level = 'simple'", "`level`: `simple` is not easy"},
           Bad{"signature = 'f(x: what) -> int'",
               "`signature`: signature, line 1: expected a type"},
           Bad{"limits = { time_ms = 'x' }", "`time_ms`: a number above zero"},
           Bad{"limits = { time_ms = 1e9 }", "`time_ms`: at most"},
           Bad{"limits = { memory_mb = -1 }", "`memory_mb`"},
           Bad{"compare = 'about'", "`compare`: \"exact\""},
           Bad{"compare = { tolerance = 'x' }", "`compare`"},
           Bad{"cases = 7", "`cases`: a integer where a function is due"},
           Bad{"oracle = {}", "`oracle`"},
           Bad{"reference = { python = 'x' }", "a solution in Lua is due"},
           Bad{"reference = { lua = 3 }", "`reference`"},
           Bad{"wrong = { { name = 'x', why = 'y', code = 'z', verdict = 'XX' } }",
               "`verdict`: wrong answer 1"},
           Bad{"wrong = { { name = 'x', verdict = 'WA', code = 'z' } }",
               "`why`: wrong answer 1: is missing"},
           Bad{"examples = { { args = { 3 }, result = {} } }",
               "`nums`: an integer where int[] is due"},
           Bad{"examples = { { args = { {} }, result = { 'x' } } }",
               "`result`: [1]: a string where int is due"},
           Bad{"examples = { {} }", "`args` is missing"},
           Bad{"growth = { time = 'n', sizes = { 1, 2, 3 } }", "`input` is missing"},
           Bad{"growth = { time = 'fast', sizes = { 1, 2, 3 }, input = function() end }",
               "not a growth class"},
           Bad{"growth = { time = 'n', sizes = { 3, 2, 1 }, input = function() end }",
               "`sizes`: ascending"},
           Bad{"growth = { time = 'n', sizes = { 3 }, input = function() end }", "three sizes"},
           Bad{"hints = { 3 }", "`hints`"},
           Bad{"statement = false", "`statement`"},
           Bad{"title = print", "title"},
       }) {
    CAPTURE(bad.fields);
    std::string said = error_of(doubling_drill(bad.fields));
    CAPTURE(said);
    CHECK(said.find(bad.says) != std::string::npos);
    CHECK(said.find("bad.lua") != std::string::npos);
  }
}

TEST_CASE(
    "drill: the line of a field is where it is assigned, not where it is compared or indexed") {
  std::string text =
      "local x = t.id == 1\nif id == 2 then end\nreturn drill {\n  -- about id\n  id = 'x',\n}";
  CHECK(line_of_field(text, "id") == 5);
  CHECK(line_of_field(text, "nothing") == 0);
}

TEST_CASE("drill: a file cannot reach the machine, hang or eat memory") {
  CHECK(error_of("return io.open('/etc/passwd')").find("bad.lua:1:") == 0);
  CHECK(error_of("os.execute('true')").find("bad.lua:1:") == 0);
  CHECK(error_of("math.random()").find("bad.lua:1:") == 0);
  CHECK(error_of("local t = {} for i = 1, 1e9 do t[i] = {i} end").find("not enough memory") !=
        std::string::npos);
  CHECK(error_of("while true do end").find("longer than") != std::string::npos);
}

TEST_CASE("cases: the same seed gives the same cases, another seed others") {
  Drill drill = load_text(doubling_drill());
  auto first = load_cases(drill, 7, workshop()), again = load_cases(drill, 7, workshop()),
       other = load_cases(drill, 8, workshop());
  REQUIRE((first && again && other));
  CHECK(first->cases[2].input == again->cases[2].input);
  CHECK_FALSE(first->cases[2].input == other->cases[2].input);
  CHECK(first->cases[1].catches == "adds two");
  CHECK(*first->cases[1].expected.table()->array[2].integer() == 14);
}

TEST_CASE("cases: rand gives whole numbers, floats, picks and shuffles") {
  Drill drill = load_text(doubling_drill(R"(cases = function(rand, case)
    local list = { 1, 2, 3, 4, 5 }
    rand.shuffle(list)
    local seen = {}
    for i = 1, 200 do
      local n = rand(-2, 2)
      assert(math.type(n) == "integer" and n >= -2 and n <= 2)
      seen[n] = true
      local x = rand.float()
      assert(x >= 0 and x < 1)
      assert(rand.float(5, 6) >= 5)
      assert(rand.pick(list) <= 5)
    end
    for n = -2, 2 do assert(seen[n], "never drawn: " .. n) end
    assert(rand(math.mininteger, math.maxinteger))
    assert(not pcall(rand, 2, 1))
    table.sort(list)
    assert(table.concat(list) == "12345")
    case { name = "x", args = { list } }
  end)"));
  auto set = load_cases(drill, 3, workshop());
  if (!set) INFO(set.error().message);
  CHECK(set);
}

TEST_CASE("cases: what does not fit the signature names the case and its line") {
  auto bad =
      cases_error("cases = function(rand, case)\n case { name = 'odd', args = { { 'x' } } }\n end");
  CHECK(bad.find("case 1 \"odd\": `nums`[1]: a string where int is due") != std::string::npos);
  CHECK(bad.find("doubling.lua:") == 0);
  CHECK(cases_error("cases = function(rand, case) case { args = { {} } } end")
            .find("give it a `name`") != std::string::npos);
  CHECK(
      cases_error(
          "cases = function(rand, case) for i = 1, 2 do case { name = 'x', args = { {} } } end end")
          .find("stands twice") != std::string::npos);
  CHECK(cases_error("cases = function() end").find("made no case") != std::string::npos);
  CHECK(cases_error("cases = function() local x = nil + 1 end").find("arithmetic") !=
        std::string::npos);
  CHECK(cases_error("cases = function(rand, case) case { name = 'x', args = { print } } end")
            .find("not a value") != std::string::npos);
}

TEST_CASE("cases: a reference that fails is a fault of the drill, told with the case") {
  auto broken =
      cases_error("reference = { lua = 'function doubling(nums) return nums[1] + 1 end' }");
  CHECK(broken.find("the reference fails on case \"empty\"") != std::string::npos);
  auto odd = cases_error("reference = { lua = 'function doubling(nums) return 5 end' }");
  CHECK(odd.find("the reference's answer on case \"empty\"") != std::string::npos);
}

TEST_CASE("cases: what is cached is used, and a damaged cache is made anew") {
  Folder folder;
  Workshop cached = workshop(folder.path());
  auto drill = load_drill_text(doubling_drill(), "doubling.lua", cached);
  REQUIRE(drill);
  auto first = load_cases(*drill, 1, cached);
  REQUIRE(first);
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    files.push_back(entry.path());
  REQUIRE(files.size() == 2);  // the definition and the cases, and no half-written file

  // Without a worker only the cache can answer.
  Workshop no_worker{"/nonexistent/worker", folder.path()};
  auto from_cache = load_cases(*drill, 1, no_worker);
  REQUIRE(from_cache);
  CHECK(from_cache->cases[2].input == first->cases[2].input);
  CHECK(from_cache->cases[2].expected == first->cases[2].expected);
  REQUIRE(load_drill_text(doubling_drill(), "doubling.lua", no_worker));
  CHECK_FALSE(load_cases(*drill, 2, no_worker));
  CHECK_FALSE(load_drill_text(doubling_drill("minutes = 9"), "doubling.lua", no_worker));

  for (const auto& file : files) {
    std::string bytes = read_file(file.string());
    for (std::size_t at : {std::size_t{0}, std::size_t{9}, bytes.size() / 2, bytes.size() - 1}) {
      std::string damaged = bytes;
      damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
      std::ofstream(file, std::ios::binary) << damaged;
      auto again =
          load_cases(*load_drill_text(doubling_drill(), "doubling.lua", cached), 1, cached);
      REQUIRE(again);
      CHECK(again->cases[2].expected == first->cases[2].expected);
    }
    std::ofstream(file, std::ios::binary) << bytes.substr(0, bytes.size() / 3);
    CHECK(load_cases(*load_drill_text(doubling_drill(), "doubling.lua", cached), 1, cached));
    CHECK(read_file(file.string()) == bytes);  // mended
  }
}

TEST_CASE("library: drills are found by id in order of precedence, and a clash names both files") {
  Folder built_in, own;
  built_in.write("lists/doubling.lua", doubling_drill());
  built_in.write("judge/ignored.lua", "not a drill");
  own.write("bag.lua", class_drill());
  auto library = Library::open({built_in.path(), own.path(), "/nonexistent"}, workshop());
  REQUIRE(library);
  REQUIRE(library->entries().size() == 2);
  CHECK(library->entries()[0].category == "lists");
  CHECK(library->load("doubling")->title == "Doubling");
  CHECK(library->load(own.path() + "/bag.lua")->id == "bag");
  auto near = library->load("doublin");
  REQUIRE_FALSE(near);
  CHECK(near.error().message == "there is no drill `doublin`; did you mean `doubling`?");
  CHECK_FALSE(library->load("./nowhere.lua"));

  std::string second = own.write("mine/doubling.lua", doubling_drill());
  auto clash = Library::open({built_in.path(), own.path()}, workshop());
  REQUIRE_FALSE(clash);
  CHECK(clash.error().message.find(second) != std::string::npos);
  CHECK(clash.error().message.find(built_in.path()) != std::string::npos);
  std::vector<Error> problems;
  const Library all = Library::open_all({built_in.path(), own.path()}, workshop(), problems);
  CHECK(all.find("doubling")->path == built_in.path() + "/lists/doubling.lua");
  CHECK(all.find("bag"));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].message == clash.error().message);
}

TEST_CASE("library: a file whose name and id differ is an error") {
  Folder folder;
  folder.write("other-name.lua", doubling_drill());
  auto library = Library::open({folder.path()}, workshop());
  REQUIRE(library);
  CHECK_FALSE(library->load("other-name"));
}
