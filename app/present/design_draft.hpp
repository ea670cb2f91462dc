// SPDX-License-Identifier: GPL-3.0-or-later
//
// The user's own copy of a design while it is edited. What is typed is kept in a draft beside the
// file within a second, so that a crash loses no more than that; saving writes the file whole and
// drops the draft. Deleting moves the file aside, so that it can be undone.
#pragma once

#include <QObject>
#include <QString>

#include "engine/base/error.hpp"

class QTimer;

namespace rehearse::present {

class AppContext;

class DesignDraft : public QObject {
  Q_OBJECT

 public:
  explicit DesignDraft(AppContext& context, QObject* parent = nullptr);
  ~DesignDraft() override;

  // Reads the file, and the draft of it where there is one.
  Result<void> open(const QString& path);
  QString path() const { return m_path; }
  const QString& text() const { return m_text; }
  // It was opened with a draft that had not been saved.
  bool restored() const { return m_restored; }
  // The text is not that of the file.
  bool unsaved() const { return m_text != m_saved; }
  void setText(const QString& text);
  Result<void> save();
  // Back to what the file says.
  void discard();
  // Writes the draft now.
  void flush();
  void close();

 signals:
  void failed(const QString& message);

 private:
  QString draftPath() const { return m_path + ".draft"; }

  AppContext& m_context;
  QTimer* m_timer;
  QString m_path, m_text, m_saved;
  bool m_restored = false, m_due = false;
};

// Whether a design is the user's own, and may be edited and deleted.
bool isOwnDesign(const AppContext& context, const QString& id);
// Puts the script of a design into the user's folder under a free id ("click-calibration-copy"),
// which is returned, and into the library.
Result<QString> copyDesign(AppContext& context, const QString& id);
// Moves it out of the library; what is returned brings it back.
Result<QString> deleteDesign(AppContext& context, const QString& id);
Result<void> undeleteDesign(AppContext& context, const QString& token);

}  // namespace rehearse::present
