@rem The command line on Windows, from the project's folder: .\duecourse list
@node "%~dp0client\cli\duecourse.mjs" %*
