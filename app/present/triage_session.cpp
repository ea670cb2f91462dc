// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/triage_session.hpp"

#include <QtConcurrent>
#include <algorithm>

#include "app/present/paced_progress.hpp"
#include "engine/base/read.hpp"

namespace rehearse::present {

TriageSession::TriageSession(QObject* parent) : QObject(parent) {
  connect(&m_opening, &QFutureWatcherBase::finished, this, &TriageSession::openFinished);
  connect(&m_committing, &QFutureWatcherBase::finished, this, &TriageSession::commitFinished);
}

TriageSession::~TriageSession() {
  m_stop.request_stop();
  m_opening.waitForFinished();
  m_committing.waitForFinished();
}

Progress TriageSession::progress() {
  return pacedProgress(this, m_stop.get_token(), [this](double fraction) {
    if (running()) emit progressed(fraction);
  });
}

void TriageSession::open(const QString& path, quint64 seed) {
  if (running()) {
    m_next = {path, seed};
    m_stop.request_stop();
    return;
  }
  m_path = path, m_seed = seed;
  m_triage.reset();
  m_debrief.reset();
  m_stop = std::stop_source();
  m_opening.setFuture(QtConcurrent::run([file = path.toStdString(), seed, report = progress()] {
    return std::make_shared<Opened>(Opened{triage::Triage::open(file, seed, report)});
  }));
}

void TriageSession::again() {
  if (!m_path.isEmpty()) open(m_path, m_seed + 1);
}

void TriageSession::cancel() {
  m_next.reset();
  m_stop.request_stop();
}

void TriageSession::tell(const Error& error) {
  if (error.code == Code::cancelled) return emit cancelled();
  emit failed(QString::fromStdString(error.message));
}

void TriageSession::openFinished() {
  const std::shared_ptr<Opened> done = m_opening.result();
  if (const auto next = std::exchange(m_next, std::nullopt)) return open(next->first, next->second);
  if (!done->triage) return tell(done->triage.error());
  m_triage = std::make_shared<triage::Triage>(std::move(*done->triage));
  m_clock.start();
  m_seconds = 0;
  emit opened();
}

QString TriageSession::id() const { return QString::fromStdString(m_triage->id()); }
QString TriageSession::title() const { return QString::fromStdString(m_triage->title()); }
QString TriageSession::asks() const { return QString::fromStdString(m_triage->asks()); }
QString TriageSession::pager() const { return QString::fromStdString(m_triage->pager()); }
std::vector<Figure> TriageSession::dashboard() const { return m_triage->dashboard(); }
double TriageSession::clockMinutes() const { return m_triage->clock_min(); }

QList<TriageSession::Choice> TriageSession::probes() const {
  QList<Choice> all;
  const auto& asked = m_triage->asked();
  for (const auto& probe : m_triage->probes())
    all.append({QString::fromStdString(probe.name), QString::fromStdString(probe.says),
                probe.minutes, std::find(asked.begin(), asked.end(), probe.name) != asked.end()});
  return all;
}

QStringList TriageSession::diagnoses() const {
  QStringList all;
  for (const std::string& diagnosis : m_triage->diagnoses())
    all.append(QString::fromStdString(diagnosis));
  return all;
}

// Why an action is right or wrong is for the debrief.
QList<TriageSession::Choice> TriageSession::actions() const {
  QList<Choice> all;
  for (const auto& action : m_triage->actions())
    all.append({QString::fromStdString(action.name), {}, action.minutes, false});
  return all;
}

int TriageSession::seconds() const {
  if (m_debrief) return m_seconds;
  return m_triage ? static_cast<int>(m_clock.elapsed() / 1000) : 0;
}

void TriageSession::probe(const QString& name) {
  if (!m_triage || running()) return;
  auto answer = m_triage->probe(name.toStdString());
  if (!answer) return tell(answer.error());
  emit probed(*answer);
}

void TriageSession::commit(const QString& diagnosis, const QString& action, const QString& update) {
  if (!m_triage || running() || m_debrief) return;
  if (diagnosis.isEmpty() || action.isEmpty())
    return emit failed(tr("Choose a diagnosis and an action first."));
  if (update.trimmed().isEmpty())
    return emit failed(tr("Write the update first: others wait for it."));
  m_stop = std::stop_source();
  m_committing.setFuture(
      QtConcurrent::run([triage = m_triage, d = diagnosis.toStdString(), a = action.toStdString(),
                         u = update.toStdString(), report = progress()] {
        return std::make_shared<Committed>(Committed{triage->commit(d, a, u, report)});
      }));
}

void TriageSession::commitFinished() {
  const std::shared_ptr<Committed> done = m_committing.result();
  if (const auto next = std::exchange(m_next, std::nullopt)) return open(next->first, next->second);
  if (!done->debrief) return tell(done->debrief.error());
  m_seconds = static_cast<int>(m_clock.elapsed() / 1000);
  m_debrief = std::move(*done->debrief);
  emit committed();
}

Document TriageSession::document() const {
  return m_debrief ? triage::document_of(*m_debrief, m_triage->title()) : Document{};
}

Result<void> TriageSession::save(const QString& path) const {
  if (!m_debrief)
    return fail(Code::invalid_argument, "an attempt is saved after its debrief; commit first");
  return write_file(path.toStdString(), triage::to_json(*m_triage, *m_debrief).dump(2) + "\n");
}

Json TriageSession::record() const {
  if (!m_debrief) return Json::object();
  const triage::Attempt& attempt = m_debrief->attempt;
  return {{"points", m_debrief->points},    {"minutes", attempt.minutes},
          {"diagnosis", attempt.diagnosis}, {"action", attempt.action},
          {"probes", attempt.asked},        {"update", attempt.update}};
}

}  // namespace rehearse::present
