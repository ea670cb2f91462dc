// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/design_draft.hpp"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTimer>

#include "app/present/app_context.hpp"
#include "app/present/qt_text.hpp"
#include "engine/base/read.hpp"

namespace rehearse::present {
namespace {

constexpr int kKeepAfterMs = 700;  // and a second at most with the write

QString ownFolder(const AppContext& context) { return qs(context.home().user_designs); }

}  // namespace

DesignDraft::DesignDraft(AppContext& context, QObject* parent)
    : QObject(parent), m_context(context), m_timer(new QTimer(this)) {
  m_timer->setSingleShot(true);
  m_timer->setInterval(kKeepAfterMs);
  connect(m_timer, &QTimer::timeout, this, &DesignDraft::flush);
}

DesignDraft::~DesignDraft() { flush(); }

Result<void> DesignDraft::open(const QString& path) {
  close();
  auto saved = read_file(path.toStdString());
  if (!saved) return fail(saved.error());
  m_path = path;
  m_text = m_saved = qs(*saved);
  m_restored = false;
  if (!QFileInfo::exists(draftPath())) return {};
  auto draft = read_file(draftPath().toStdString());
  if (!draft) return fail(draft.error());
  m_text = qs(*draft);
  m_restored = unsaved();
  return {};
}

void DesignDraft::setText(const QString& text) {
  if (m_path.isEmpty() || text == m_text) return;
  m_text = text;
  m_due = true;
  if (!m_timer->isActive()) m_timer->start();
}

void DesignDraft::flush() {
  m_timer->stop();
  if (!std::exchange(m_due, false)) return;
  if (!unsaved()) {
    QFile::remove(draftPath());
    return;
  }
  const auto written = write_file(draftPath().toStdString(), m_text.toStdString());
  if (!written) emit failed(qs(written.error().message));
}

Result<void> DesignDraft::save() {
  if (m_path.isEmpty()) return {};
  if (auto written = write_file(m_path.toStdString(), m_text.toStdString()); !written)
    return written;
  m_saved = m_text;
  m_restored = false;
  m_due = false;
  m_timer->stop();
  QFile::remove(draftPath());
  return m_context.designWritten(m_path);
}

void DesignDraft::discard() {
  m_text = m_saved;
  m_restored = false;
  m_due = false;
  m_timer->stop();
  QFile::remove(draftPath());
}

void DesignDraft::close() {
  flush();
  m_path.clear();
  m_text.clear();
  m_saved.clear();
}

bool isOwnDesign(const AppContext& context, const QString& id) {
  const trace::DesignEntry* entry = context.designs().find(id.toStdString());
  return entry && QFileInfo(qs(entry->path)).absolutePath() ==
                      QFileInfo(ownFolder(context) + "/x").absolutePath();
}

Result<QString> copyDesign(AppContext& context, const QString& id) {
  const trace::DesignEntry* entry = context.designs().find(id.toStdString());
  if (!entry) return fail(Code::not_found, "there is no design `{}`", id.toStdString());
  auto script = read_file(entry->path);
  if (!script) return fail(script.error());
  QString copy;
  for (int n = 1;; ++n) {
    copy = id + (n == 1 ? QString("-copy") : QString("-copy-%1").arg(n));
    if (!context.designs().find(copy.toStdString()) &&
        !QFileInfo::exists(ownFolder(context) + "/" + copy + ".lua"))
      break;
  }
  if (!QDir().mkpath(ownFolder(context)))
    return fail(Code::io, "the folder {} cannot be made; is its disk full or read-only?",
                context.home().user_designs);
  const QString path = ownFolder(context) + "/" + copy + ".lua";
  if (auto written = write_file(path.toStdString(), *script); !written)
    return fail(written.error());
  if (auto known = context.designWritten(path); !known) return fail(known.error());
  return copy;
}

Result<QString> deleteDesign(AppContext& context, const QString& id) {
  const trace::DesignEntry* entry = context.designs().find(id.toStdString());
  if (!entry || !isOwnDesign(context, id))
    return fail(Code::invalid_argument, "`{}` is no design of yours; only those are deleted",
                id.toStdString());
  const QString path = qs(entry->path), aside = path + ".deleted";
  QFile::remove(aside);
  if (!QFile::rename(path, aside))
    return fail(Code::io, "{} cannot be moved aside; is its folder read-only?", entry->path);
  QFile::remove(aside + ".draft");
  QFile::rename(path + ".draft", aside + ".draft");
  context.designGone(path);
  return path;
}

Result<void> undeleteDesign(AppContext& context, const QString& token) {
  if (!QFile::rename(token + ".deleted", token))
    return fail(Code::io, "{} cannot be brought back; is a file of that name there again?",
                token.toStdString());
  QFile::rename(token + ".deleted.draft", token + ".draft");
  return context.designWritten(token);
}

}  // namespace rehearse::present
