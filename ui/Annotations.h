// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/ViewController.h"

#include <QObject>
#include <QPointer>

namespace meteorograph::ui {

class AnnotationDialog;
class AnnotationList;
class AskBar;

/// What people write at times: opens the dialogs, sends what is said to the engine and tells what came
/// of it. Deleting can be undone while its bar stands. Owned by the window; refers to its controller
/// and AskBar.
class Annotations : public QObject {
  Q_OBJECT
public:
  Annotations(ViewController &controller, AskBar *bar, QWidget *window);

  void add(const Annotation &begun); ///< with what is known of it already
  void edit(std::int64_t id);
  void remove(std::int64_t id);
  void showList();
  void refresh();      ///< after a new overview
  void closeDialogs(); ///< they belong to the store that was open

Q_SIGNALS:
  void told(const QString &message, bool isError);
  void goToRequested(const meteorograph::Annotation &annotation);

private:
  const Annotation *find(std::int64_t id) const;
  void openDialog(const Annotation &annotation);
  void save(const Annotation &annotation);
  void removeNow(const Annotation &annotation);
  void finish(const QString &done, const Result<CorrectionReport> &report);

  ViewController &m_controller;
  AskBar *m_bar;
  QWidget *m_window;
  QPointer<AnnotationDialog> m_dialog;
  QPointer<AnnotationList> m_list;
};

} // namespace meteorograph::ui
