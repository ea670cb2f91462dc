// SPDX-License-Identifier: GPL-3.0-or-later
//
// incident "Title" { asks, covers, pager, variants, probes, diagnoses, actions, rubric }
//
// A design that is played: see engine/plan/incident.hpp and designs/README.md. What happens, when
// it began and how strong it is are drawn from the seed here, so that every function of the script
// is handed them as `draw` and plain Lua may depend on them.
#include <algorithm>

#include "engine/trace/dsl.hpp"
#include "engine/trace/incident_draw.hpp"
#include "engine/trace/incident_prelude.hpp"
#include "engine/trace/incident_reader.hpp"

namespace rehearse::trace {
namespace {

class IncidentRecorder {
 public:
  IncidentRecorder(lua_State* L, Recorder& recorder)
      : L_(L), table_(lua_gettop(L)), recorder_(recorder), plan_(recorder.plan()) {}

  Result<void> record() {
    lua_pushvalue(L_, table_);
    auto script = read_incident(L_);
    lua_settop(L_, table_);
    if (!script) return fail(script.error());
    script_ = std::move(*script);
    // Scripts begin with what is right; what is chosen from does not.
    std::sort(script_.diagnoses.begin(), script_.diagnoses.end());
    plan_.asks = script_.asks, plan_.covers = script_.covers;
    if (script_.seed && !recorder_.seed_fixed)
      plan_.seed = static_cast<std::uint64_t>(*script_.seed);
    for (auto step :
         {&IncidentRecorder::draw, &IncidentRecorder::world, &IncidentRecorder::dashboard,
          &IncidentRecorder::probes, &IncidentRecorder::actions, &IncidentRecorder::debrief}) {
      if (auto done = (this->*step)(); !done) return done;
      lua_settop(L_, table_);
    }
    if (auto fine = check_incident(script_, incident_.probes, responses_); !fine) return fine;
    incident_.pager = script_.pager;
    incident_.variant = draw_.variant->name;
    incident_.begins = draw_.variant->kind != "nothing";
    incident_.harmless = draw_.variant->harmless;
    for (const auto& variant : script_.variants) incident_.variants.push_back(variant.name);
    incident_.begin_h = draw_.begin_h, incident_.now_h = draw_.now_h;
    incident_.minutes = draw_.minutes;
    incident_.diagnoses = script_.diagnoses;
    incident_.truth = draw_.variant->truth;
    incident_.rubric = script_.rubric;
    plan_.incident = std::move(incident_);
    return {};
  }

 private:
  Result<double> minutes_knob() {
    plan::Knob knob;
    knob.name = plan::kMinutesKnob;
    knob.initial = 20.0, knob.low = 0, knob.high = 720, knob.unit = "minutes";
    knob.at = location(L_);
    auto value = recorder_.add_knob(std::move(knob));
    if (!value) return fail(value.error());
    return std::get<double>(*value);
  }

  // The rarest first: the nearest other world to try.
  Result<std::string> variant_knob() {
    if (script_.variants.size() == 1) return script_.variants.front().name;
    plan::Knob knob;
    knob.kind = plan::Knob::Kind::choice;
    knob.name = plan::kVariantKnob;
    knob.initial = std::string(plan::kDrawn);
    knob.choices = {plan::kDrawn};
    for (auto variant = script_.variants.rbegin(); variant != script_.variants.rend(); ++variant)
      knob.choices.push_back(variant->name);
    knob.at = location(L_);
    auto value = recorder_.add_knob(std::move(knob));
    if (!value) return fail(value.error());
    return std::get<std::string>(*value);
  }

  Result<void> draw() {
    auto minutes = minutes_knob();
    auto wanted = variant_knob();
    if (!minutes) return fail(minutes.error());
    if (!wanted) return fail(wanted.error());
    draw_ = draw_incident(script_, plan_.seed, plan_.title, *wanted);
    draw_.minutes = *minutes;
    return {};
  }

  void push_draw() { trace::push_draw(L_, draw_); }

  // Calls the function on top of the stack below `args` arguments; its handles come back.
  Result<std::vector<Handle>> call(int args) {
    const int below = lua_gettop(L_) - args - 1;
    lua_call(L_, args, LUA_MULTRET);  // an error passes on as it is: its place is in the script
    std::vector<Handle> handles;
    for (int i = below + 1; i <= lua_gettop(L_); ++i)
      if (const Handle* handle = to_handle(L_, i)) handles.push_back(*handle);
    lua_settop(L_, below);
    return handles;
  }

  // The script's own function of that name, or else the prelude's.
  bool push_function(const char* key) {
    if (lua_getfield(L_, table_, key) == LUA_TFUNCTION) return true;
    lua_pop(L_, 1);
    if (push_prelude(L_, key)) return true;
    lua_pop(L_, 1);
    return false;
  }

  Result<Handle> table_of(const std::vector<Handle>& handles, std::size_t place,
                          const char* what) const {
    if (place >= handles.size() || handles[place].kind != plan::Kind::frame)
      return fail(Code::invalid_argument, "incident: {}", what);
    return handles[place];
  }

  // The world with and without what happens, and what the on-call sees of it.
  Result<void> world() {
    if (!push_function("world")) return fail(Code::internal, "incident: no world in this build");
    push_draw();
    auto handles = call(1);
    if (!handles) return fail(handles.error());
    const char* due =
        "`world` must return two tables of simulate.operations, with and without the "
        "incident";
    auto broken = table_of(*handles, 0, due), clean = table_of(*handles, 1, due);
    if (!broken) return fail(broken.error());
    if (!clean) return fail(clean.error());
    broken_ = *broken, clean_ = *clean;
    if (!push_prelude(L_, "look")) return fail(Code::internal, "incident: no look in this build");
    push_handle(L_, broken_);
    push_handle(L_, clean_);
    push_draw();
    auto looked = call(3);
    if (!looked) return fail(looked.error());
    seen_ = looked->at(0), clean_seen_ = looked->at(1);
    incident_.facts = looked->at(2).ref, incident_.signs = looked->at(3).ref;
    signs_ = looked->at(3);
    return {};
  }

  int begin_chapter(const std::string& title, const std::string& prose) {
    plan_.chapters.push_back({title, prose});
    return recorder_.chapter();
  }

  void push_view_arguments() {
    push_handle(L_, seen_);
    push_draw();
    push_handle(L_, clean_seen_);
  }

  Result<void> dashboard() {
    incident_.dashboard_chapter = begin_chapter(
        "Dashboard at the hour of the page",
        "An incident is played with `rehearse triage " + plan_.id +
            "`. Here everything is shown at once: the dashboard, every probe, and what was true.");
    if (!push_function("dashboard"))
      return fail(Code::internal, "incident: no dashboard in this build");
    push_view_arguments();
    auto done = call(3);
    if (!done) return fail(done.error());
    return {};
  }

  Result<void> probes() {
    if (lua_getfield(L_, table_, "probes") != LUA_TTABLE)
      return fail(Code::invalid_argument,
                  "incident: `probes` is due: a list of {{ \"name\", minutes = …, says = …, "
                  "show = function(seen, draw, clean) … end }}");
    const int list = lua_gettop(L_);
    for (lua_Integer i = 1; lua_rawgeti(L_, list, i) == LUA_TTABLE; ++i) {
      if (auto read = one_probe(lua_gettop(L_), i); !read) return read;
      lua_settop(L_, list);
    }
    return {};
  }

  Result<void> one_probe(int entry, lua_Integer place) {
    plan::IncidentProbe probe;
    lua_rawgeti(L_, entry, 1);
    if (lua_type(L_, -1) == LUA_TSTRING) probe.name = lua_tostring(L_, -1);
    lua_pop(L_, 1);
    if (probe.name.empty())
      return fail(Code::invalid_argument, "incident: probe {} has no name", place);
    auto says = incident_text(L_, entry, "says", true);
    auto minutes = incident_number(L_, entry, "minutes", 5, 0.5, 240);
    if (!says) return fail(says.error().code, "{} (probe `{}`)", says.error().message, probe.name);
    if (!minutes)
      return fail(minutes.error().code, "{} (probe `{}`)", minutes.error().message, probe.name);
    probe.says = std::move(*says), probe.minutes = *minutes;
    probe.chapter = begin_chapter("Probe: " + probe.name, probe.says);
    const std::size_t views = plan_.views.size();
    if (lua_getfield(L_, entry, "show") != LUA_TFUNCTION)
      return fail(Code::invalid_argument,
                  "incident: probe `{}` needs show = function(seen, draw, clean) … end",
                  probe.name);
    push_view_arguments();
    if (auto done = call(3); !done) return fail(done.error());
    if (plan_.views.size() == views)
      return fail(Code::invalid_argument, "incident: probe `{}` shows nothing", probe.name);
    incident_.probes.push_back(std::move(probe));
    return {};
  }

  Result<void> actions() {
    lua_pushvalue(L_, table_);
    auto read = read_responses(L_, draw_.variant->name);
    lua_settop(L_, table_);
    if (!read) return fail(read.error());
    responses_ = std::move(*read);
    std::sort(responses_.begin(), responses_.end(),
              [](const IncidentResponse& a, const IncidentResponse& b) { return a.name < b.name; });
    for (const IncidentResponse& response : responses_) {
      if (!push_prelude(L_, "act")) return fail(Code::internal, "incident: no act in this build");
      push_handle(L_, broken_);
      push_handle(L_, clean_);
      push_draw();
      push_response(response);
      auto handles = call(4);
      if (!handles) return fail(handles.error());
      incident_.actions.push_back(
          {response.name, response.minutes, response.why, handles->at(0).ref});
      outcomes_.push_back(handles->at(0)), paths_.push_back(handles->at(1));
    }
    return {};
  }

  void push_response(const IncidentResponse& response) {
    lua_newtable(L_);
    lua_pushstring(L_, response.name.c_str());
    lua_setfield(L_, -2, "name");
    for (const auto& [key, value] : {std::pair{"minutes", response.minutes},
                                     {"leaves", response.leaves},
                                     {"heals", response.heals_h},
                                     {"costs", response.costs},
                                     {"costs_hours", response.costs_h}}) {
      lua_pushnumber(L_, value);
      lua_setfield(L_, -2, key);
    }
  }

  void push_list(const std::vector<Handle>& handles) {
    lua_newtable(L_);
    for (std::size_t i = 0; i < handles.size(); ++i) {
      push_handle(L_, handles[i]);
      lua_rawseti(L_, -2, static_cast<lua_Integer>(i + 1));
    }
  }

  Result<void> debrief() {
    incident_.debrief_chapter =
        begin_chapter("Debrief", "What happened: " + draw_.variant->name + ".");
    if (!push_prelude(L_, "debrief"))
      return fail(Code::internal, "incident: no debrief in this build");
    push_handle(L_, broken_);
    push_draw();
    push_handle(L_, signs_);
    push_list(outcomes_);
    push_list(paths_);
    auto done = call(5);
    if (!done) return fail(done.error());
    return {};
  }

  lua_State* L_;
  int table_;
  Recorder& recorder_;
  plan::Plan& plan_;
  IncidentScript script_;
  IncidentDraw draw_;
  plan::Incident incident_;
  std::vector<IncidentResponse> responses_;
  Handle broken_, clean_, seen_, clean_seen_, signs_;
  std::vector<Handle> outcomes_, paths_;
};

Result<int> fill_incident(lua_State* L) {
  if (!lua_istable(L, 1))
    return fail(Code::invalid_argument,
                "incident \"Title\" {{ asks = …, pager = …, variants = …, probes = …, diagnoses = "
                "…, actions = … }}: the table is missing");
  lua_settop(L, 1);
  luaL_checkstack(L, 64, "an incident");
  if (auto done = IncidentRecorder(L, recorder_of(L)).record(); !done) return fail(done.error());
  return 0;
}

Result<int> incident(lua_State* L) {
  Recorder& recorder = recorder_of(L);
  if (lua_type(L, 1) != LUA_TSTRING)
    return fail(Code::invalid_argument, "incident \"Title\" {{ … }}: the title is missing");
  if (recorder.designed)
    return fail(Code::invalid_argument, "a file holds one design or one incident");
  recorder.designed = true;
  recorder.plan().title = lua_tostring(L, 1);
  lua_pushcfunction(L, (lua::trampoline<fill_incident>));
  return 1;
}

}  // namespace

void install_incident(lua_State* L) {
  install_prelude(L);
  lua_register(L, "incident", (lua::trampoline<incident>));
}

}  // namespace rehearse::trace
