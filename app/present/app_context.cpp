// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/app_context.hpp"

#include "app/practice/brief_wait.hpp"
#include "app/present/drill_text.hpp"
#include "engine/base/json.hpp"

namespace rehearse::present {
namespace {

constexpr int kRetryMs = 1000;

Json toJson(const plan::Value& value) {
  return std::visit(
      [](const auto& held) -> Json {
        using Held = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, std::monostate> ||
                      std::is_same_v<Held, std::shared_ptr<const plan::SubPlan>>)
          return nullptr;
        else
          return held;
      },
      value);
}

}  // namespace

AppContext::AppContext() {
  m_retry.setSingleShot(true);
  m_retry.setInterval(kRetryMs);
  connect(&m_retry, &QTimer::timeout, this, &AppContext::write);
}

// The last try may wait for another program.
AppContext::~AppContext() {
  if (m_database && (!m_unwritten.empty() || !m_unwrittenRuns.empty()))
    if (const auto written = writeUnwritten(); !written)
      qWarning("%s", written.error().message.c_str());
}

Result<std::unique_ptr<AppContext>> AppContext::open(const std::string& home) {
  std::unique_ptr<AppContext> context(new AppContext);
  auto resolved = practice::Home::resolve(home);
  if (!resolved) return fail(resolved.error());
  context->m_home = std::move(*resolved);
  const practice::Home& at = context->m_home;
  auto database = practice::Database::open(at.database());
  if (!database) return fail(database.error());
  context->m_database = std::move(*database);

  // A file that clashes with another is told and hides no other.
  std::vector<Error> problems;
  context->m_drills = judge::Library::open_all(
      {at.builtin + "/drills", at.user_drills},
      judge::Workshop{.worker_path = {}, .cache_dir = at.cache + "/judge"}, problems);
  context->m_designs =
      trace::DesignLibrary::open_all({at.builtin + "/designs", at.user_designs}, problems);
  context->m_cards = practice::CardLibrary::open({at.builtin + "/content", at.user_content});
  for (const std::vector<Error>& found : {problems, context->m_cards.problems()})
    for (const Error& problem : found)
      context->m_problems.append(QString::fromStdString(problem.message));
  for (const trace::DesignEntry& design : context->m_designs.designs())
    if (!design.error.empty()) context->m_problems.append(QString::fromStdString(design.error));
  return context;
}

QString AppContext::userFolder(const QString& what) const {
  return QString::fromStdString(m_home.data) + "/" + what;
}

std::vector<std::string> AppContext::setFiles() const {
  return {m_home.builtin + "/drills/sets.toml", m_home.user_drills + "/sets.toml"};
}

Result<void> AppContext::designWritten(const QString& path) {
  auto read = m_designs.read(path.toStdString());
  if (read) emit designsChanged();
  return read;
}

void AppContext::designGone(const QString& path) {
  m_designs.forget(path.toStdString());
  emit designsChanged();
}

double AppContext::drillMinutes(const std::string& id) {
  const auto [known, fresh] = m_minutes.emplace(id, 0);
  if (!fresh || !m_drills.find(id)) return known->second;
  if (const auto drill = m_drills.load(id)) known->second = drill->minutes;
  return known->second;
}

QString AppContext::setting(const QString& key, const QString& otherwise) const {
  if (const auto waiting = m_unwritten.find(key); waiting != m_unwritten.end())
    return waiting->second;
  const auto stored = practice::setting(*m_database, key.toStdString());
  if (!stored || !*stored) return otherwise;
  const Json json = Json::parse(**stored, nullptr, false);
  return json.is_string() ? QString::fromStdString(json.get<std::string>()) : otherwise;
}

void AppContext::setSetting(const QString& key, const QString& value) {
  m_unwritten[key] = value;
  write();
  emit settingChanged(key);
}

Result<void> AppContext::writeUnwritten() {
  while (!m_unwritten.empty()) {
    const auto& [key, value] = *m_unwritten.begin();
    auto done =
        practice::set_setting(*m_database, key.toStdString(), Json(value.toStdString()).dump());
    if (!done) return done;
    m_unwritten.erase(m_unwritten.begin());
  }
  while (!m_unwrittenRuns.empty()) {
    const auto done = practice::add_design_run(*m_database, m_unwrittenRuns.front());
    if (!done) return fail(done.error());
    m_unwrittenRuns.erase(m_unwrittenRuns.begin());
  }
  return {};
}

void AppContext::write() {
  const practice::BriefWait brief(*m_database);
  const bool runs = !m_unwrittenRuns.empty();
  if (const auto written = writeUnwritten(); !written) {
    m_refused = true;
    m_retry.start();
    return emit failed(QString::fromStdString(written.error().message));
  }
  if (std::exchange(m_refused, false)) emit failed({});
  if (runs) emit recorded();
}

QString AppContext::bestAttempt(const QString& drill) {
  const auto best = practice::best_attempt(*m_database, drill.toStdString());
  if (!best || !*best) return {};
  const AttemptLine line = attemptLine(**best);
  if (line.accepted) return tr("%1 in %2").arg(line.verdict, line.time);
  return (*best)->total > 0
             ? tr("%1, %2 of %3").arg(line.verdict).arg((*best)->passed).arg((*best)->total)
             : line.verdict;
}

void AppContext::recordDesignRun(const QString& design, const plan::KnobValues& knobs, quint64 seed,
                                 bool reached, int seconds) {
  Json values = Json::object();
  for (const auto& [name, value] : knobs) values[name] = toJson(value);
  keep({.design = design.toStdString(),
        .knobs = values.dump(),
        .seed = seed,
        .reached = reached,
        .elapsed_s = seconds,
        .ended_at = practice::system_seconds()});
}

void AppContext::recordIncident(const QString& incident, quint64 seed, bool passed, int seconds,
                                const Json& record) {
  keep({.design = incident.toStdString(),
        .knobs = record.dump(),
        .seed = seed,
        .reached = passed,
        .elapsed_s = seconds,
        .ended_at = practice::system_seconds()});
}

void AppContext::keep(const practice::DesignRun& run) {
  m_unwrittenRuns.push_back(run);
  write();
}

void AppContext::setBusy(const QObject* who, bool busy) {
  if (busy)
    m_busy.insert(who);
  else
    m_busy.remove(who);
}

}  // namespace rehearse::present
