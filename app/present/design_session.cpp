// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/design_session.hpp"

#include <malloc.h>

#include <QElapsedTimer>
#include <QtConcurrent>
#include <algorithm>
#include <atomic>

#include "engine/base/read.hpp"
#include "engine/plan/figure.hpp"
#include "engine/plan/source.hpp"
#include "engine/trace/trace.hpp"

namespace rehearse::present {
namespace {

// Of results that a slider's way back is answered from; the window as a whole is to stay below
// 300 MB (tests/bench/gui_memory_bench.cpp).
constexpr std::size_t kKeptResults = std::size_t{96} << 20;

// What a run has freed goes back to the system: the threads that worked keep it otherwise.
void giveBackFreed() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace

DesignSession::DesignSession(QObject* parent)
    : QObject(parent), m_cache(std::make_shared<plan::Cache>(kKeptResults)) {
  connect(&m_watcher, &QFutureWatcherBase::finished, this, &DesignSession::finished);
  connect(&m_reader, &QFutureWatcherBase::finished, this, &DesignSession::fileRead);
}

DesignSession::~DesignSession() {
  m_stop.request_stop();
  m_watcher.waitForFinished();
  m_reader.waitForFinished();
}

bool DesignSession::open(const QString& path) {
  auto source = read_file(path.toStdString());
  if (!source) return emit failed(QString::fromStdString(source.error().message)), false;
  cancel();
  m_path = path;
  m_source = std::move(*source);
  m_values.clear();
  m_seed.reset();
  m_run.reset();
  m_runPlan.reset();
  m_plan.reset();
  m_files.clear();
  m_inputs.clear();
  if (!retrace()) return false;
  run();
  return true;
}

bool DesignSession::retrace() {
  auto plan = trace::trace_script(m_source, m_path.toStdString(), m_values, m_seed);
  if (!plan) return emit failed(QString::fromStdString(plan.error().message)), false;
  m_plan = std::move(*plan);
  emit planChanged();
  return true;
}

Result<void> DesignSession::setScript(const QString& text) {
  const std::string source = text.toStdString(), file = m_path.toStdString();
  auto plan = trace::trace_script(source, file, {}, m_seed);
  if (!plan) return fail(plan.error());
  if (plan->incident)
    return fail(Code::unsupported, "{}: an incident is played, not edited beside its plots", file);
  plan::KnobValues kept;
  for (const plan::Knob& knob : plan->knobs)
    if (const auto value = m_values.find(knob.name); value != m_values.end())
      if (auto fits = plan::parse_knob(knob, plan::to_text(value->second)))
        kept[knob.name] = *std::move(fits);
  if (!kept.empty()) {
    if (auto moved = trace::trace_script(source, file, kept, m_seed))
      plan = std::move(moved);
    else
      kept.clear();  // a knob that is there with the script's own values only
  }
  m_source = source;
  m_values = std::move(kept);
  m_plan = *std::move(plan);
  emit planChanged();
  run();
  return {};
}

void DesignSession::setKnob(const QString& name, const plan::Value& value, bool released) {
  const std::string key = name.toStdString();
  bool apply = false;
  for (const plan::Knob& knob : m_plan->knobs) apply = apply || (knob.name == key && knob.apply);
  const auto before = m_values;
  m_values[key] = value;
  if (!retrace()) {
    m_values = before;
    return;
  }
  if (!apply || released) run();
}

void DesignSession::resetKnobs() { setKnobs({}); }

void DesignSession::setKnobs(const plan::KnobValues& values) {
  const plan::KnobValues before = std::exchange(m_values, values);
  if (retrace())
    run();
  else
    m_values = before;
}

void DesignSession::setSeed(std::optional<std::uint64_t> seed) {
  m_seed = seed;
  if (retrace()) run();
}

// Events come by the thousand and from any thread; the window is told twenty times a second.
std::function<void(const plan::NodeEvent&)> DesignSession::reporter() {
  constexpr qint64 kEveryMs = 50;
  auto clock = std::make_shared<QElapsedTimer>();
  clock->start();
  auto last = std::make_shared<std::atomic<qint64>>(-kEveryMs);
  return [this, clock, last](const plan::NodeEvent& event) {
    const qint64 now = clock->elapsed();
    qint64 before = last->load();
    if (now - before < kEveryMs || !last->compare_exchange_strong(before, now)) return;
    QMetaObject::invokeMethod(
        this,
        [this, fraction = event.overall, what = QString::fromStdString(event.step)] {
          if (running()) emit progressed(fraction, what);
        },
        Qt::QueuedConnection);
  };
}

void DesignSession::useFile(const QString& source, const QString& path) {
  if (!m_plan) return;
  if (m_reader.isRunning()) return emit failed(tr("a file is being read; wait until it is there"));
  m_reader.setFuture(QtConcurrent::run([source, path] {
    return std::make_shared<Read>(Read{source, path, plan::read_replacement(path.toStdString())});
  }));
}

void DesignSession::fileRead() {
  const std::shared_ptr<Read> read = m_reader.result();
  if (!read->table) return emit failed(QString::fromStdString(read->table.error().message));
  bool known = false;
  if (!m_plan) return;
  for (const plan::Source& source : m_plan->sources)
    known = known || source.name == read->source.toStdString();
  if (!known) return;  // another design was opened meanwhile
  m_files[read->source] = read->path;
  m_inputs[read->source.toStdString()] = *read->table;
  emit filesChanged();
  run();
}

void DesignSession::dropFile(const QString& source) {
  if (m_files.remove(source) == 0) return;
  m_inputs.erase(source.toStdString());
  emit filesChanged();
  run();
}

bool DesignSession::behind() const {
  if (!m_plan) return false;
  if (!m_runPlan) return true;
  for (const plan::Knob& knob : m_plan->knobs)
    for (const plan::Knob& ran : m_runPlan->knobs)
      if (ran.name == knob.name && ran.value != knob.value) return true;
  return false;
}

void DesignSession::run() { start(false); }

void DesignSession::runRepeats() { start(true); }

bool DesignSession::leftOut() const {
  return m_run && std::find(m_run->left.begin(), m_run->left.end(), true) != m_run->left.end();
}

bool DesignSession::leftOut(std::size_t view) const {
  if (!m_run || !m_runPlan || view >= m_runPlan->views.size()) return false;
  const auto node = static_cast<std::size_t>(m_runPlan->views[view].data.node);
  return node < m_run->left.size() && m_run->left[node];
}

int DesignSession::repeats() const {
  std::int64_t most = 0;
  if (!m_plan) return 0;
  for (const plan::Node& node : m_plan->nodes) {
    if (!node.step->repeats.empty())
      most = std::max(most, std::get<std::int64_t>(node.parameters.at(node.step->repeats)));
  }
  return static_cast<int>(most);
}

void DesignSession::start(bool repeats) {
  if (!m_plan) return;
  if (m_watcher.isRunning()) {
    m_again = true;
    m_repeats = repeats;
    m_stop.request_stop();
    return;
  }
  m_stop = std::stop_source();
  plan::RunOptions options;
  options.threads = 0;
  options.stop = m_stop.get_token();
  options.on_progress = reporter();
  options.inputs = m_inputs;
  options.leave_repeats = !repeats;
  emit runStarted();
  m_watcher.setFuture(QtConcurrent::run([plan = *m_plan, cache = m_cache, options] {
    auto run = plan::execute(plan, *cache, options);
    giveBackFreed();
    return std::make_shared<Outcome>(Outcome{plan, std::move(run)});
  }));
}

void DesignSession::cancel() {
  if (!m_watcher.isRunning()) return;
  m_again = false;
  m_stop.request_stop();
}

void DesignSession::finished() {
  const std::shared_ptr<Outcome> outcome = m_watcher.result();
  const bool mine = m_plan && outcome->plan.id == m_plan->id;
  if (!mine) {  // of a design that was left
    m_again = false;
    return run();
  }
  if (outcome->run) {
    m_run = std::move(*outcome->run);
    m_runPlan = std::move(outcome->plan);
  }
  if (m_again) {
    m_again = false;
    if (outcome->run) emit runFinished();
    return start(m_repeats);
  }
  if (outcome->run) return emit runFinished();
  if (outcome->run.error().code == Code::cancelled) return emit cancelled();
  emit failed(QString::fromStdString(outcome->run.error().message));
}

Figure DesignSession::figure(std::size_t view) const {
  const plan::View& wanted = m_plan->views[view];
  if (!m_run || !m_runPlan || view >= m_runPlan->views.size() ||
      m_runPlan->views[view].kind != wanted.kind)
    return Figure{"table", wanted.title, wanted.x_title, wanted.y_title, wanted.see, Json::object(),
                  {}};
  return plan::figure_of(m_runPlan->views[view], *m_run);
}

QString DesignSession::summary() const {
  if (!m_run) return {};
  const QString steps = tr("re-ran %1 of %2 steps in %3 ms")
                            .arg(m_run->reran_count)
                            .arg(m_run->node_count)
                            .arg(m_run->elapsed_ms, 0, 'f', 0);
  return m_seed ? tr("%1, seed %2").arg(steps).arg(*m_seed) : steps;
}

}  // namespace rehearse::present
